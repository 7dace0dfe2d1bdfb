"""What every route needs: the open service, the settings, the links, the checker, and the answers kept in memory."""

from dataclasses import dataclass, field
from hashlib import blake2b

from starlette.requests import Request

from api.links import Links
from api.memory import Memory
from projections.check.checker import Checker
from projections.pulse import Pulse
from projections.service import Service
from timeline.settings import Settings


@dataclass(frozen=True)
class Context:
    """One for each running app."""

    settings: Settings
    service: Service
    links: Links
    pulse: Pulse
    memory: Memory = field(default_factory=Memory)
    checker: Checker = field(default_factory=Checker)
    vocabulary_tag: str = ""

    @classmethod
    def of(cls, settings: Settings, service: Service) -> "Context":
        """The context of a service that is open."""
        vocabulary = service.archive.vocabulary.model_dump_json().encode()
        return cls(
            settings=settings,
            service=service,
            links=Links(settings.base_url),
            pulse=Pulse(service.engine),
            vocabulary_tag=blake2b(vocabulary, digest_size=6).hexdigest(),
        )


def context_of(request: Request) -> Context:
    """The context of the app that a request came to."""
    context = request.app.state.context
    if not isinstance(context, Context):
        raise TypeError("the service is not open: run the app with its lifespan")
    return context
