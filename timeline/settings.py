"""The settings of the service: read once, at the edge, and passed in.

Each can be given in the environment with the prefix `TIMELINE_`, for example ``TIMELINE_DATABASE_URL``.
"""

from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What can be set. `docs/reference/settings.md` lists the same."""

    model_config = SettingsConfigDict(env_prefix="TIMELINE_", frozen=True, extra="ignore")

    database_url: Annotated[str, Field(description="where the log lives: an SQLite file or a PostgreSQL database")] = (
        "sqlite:///timeline.db"
    )
    host: Annotated[str, Field(description="the address that the server listens on")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="the port that the server listens on")] = 8000
    base_url: Annotated[str | None, Field(description="the public address in links; left out, that of the request")] = (
        None
    )
    max_body_bytes: Annotated[int, Field(ge=1024, description="the longest request body that is read, in bytes")] = (
        1_048_576
    )
    pool_size: Annotated[int, Field(ge=1, le=100, description="database connections open at once")] = 8
    write_token: Annotated[
        str | None,
        Field(description="the bearer token that writing over HTTP asks for; left out, nobody can write over HTTP"),
    ] = None
    log_level: Annotated[str, Field(description="DEBUG, INFO, WARNING or ERROR")] = "INFO"
    projections: Annotated[
        str | None,
        Field(description="projections of one's own to keep with every append: files or registered names, by commas"),
    ] = None
