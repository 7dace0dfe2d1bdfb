"""The pages, one module for each: what is asked, what is looked up, which template shows it."""

from typing import Final

from api.web.views import (
    check,
    compare,
    development,
    drawing,
    embed,
    entity,
    facts,
    graph,
    home,
    plots,
    search,
    state,
    timeline,
)

PAGES: Final = (
    home.router,
    timeline.router,
    drawing.router,
    state.router,
    facts.router,
    compare.router,
    check.router,
    plots.router,
    graph.router,
    search.router,
    development.router,
    entity.router,
    embed.router,
    embed.oembed,
)
"""All routers of pages."""
