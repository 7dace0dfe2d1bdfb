"""`python -m bench`: measure, print a table, write JSON."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bench import engine, questions, rebuild, search, web
from bench.report import Report
from bench.stores import Stores

SIZES = (1_000, 10_000, 100_000, 1_000_000)


def main(
    *,
    backend: Annotated[list[str] | None, typer.Option(help="sqlite, postgresql; both if left out")] = None,
    largest: Annotated[int, typer.Option(help="the greatest number of facts")] = SIZES[-1],
    json_file: Annotated[Path, typer.Option("--json", help="where the figures go")] = Path("bench.json"),
    with_web: Annotated[bool, typer.Option("--web/--no-web", help="measure the HTTP routes too")] = True,
) -> None:
    """Measure the engine and the HTTP routes, side by side with their yardsticks."""
    console = Console()
    report = Report(say=lambda text: console.print(text, markup=False))
    sizes = tuple(size for size in SIZES if size <= largest)
    backends = tuple(backend or ("sqlite", "postgresql"))
    with Stores(backends) as stores:
        for name in backends:
            engine.measure(stores, name, sizes, report, lambda text: console.print(f"[dim]{text} …[/dim]"))
            questions.compare_dates(name, sizes, report)
            search.measure(name, sizes, report)
            rebuild.measure(stores, name, sizes, report, lambda text: console.print(f"[dim]{text} …[/dim]"))
        questions.check_sentences(stores, report)
        if with_web:
            console.print("[dim]http …[/dim]")
            size = max(size for size in sizes if size <= 10_000)
            web.measure(report.kept[backends[0], size], report)
        report.show(console)
        report.write(json_file)
        console.print(f"Written to {json_file}.")


if __name__ == "__main__":
    typer.run(main)
