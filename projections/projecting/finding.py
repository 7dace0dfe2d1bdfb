"""Where projections of somebody's own come from: a file, or an installed package that registers them."""

import inspect
import sys
import traceback
from importlib.metadata import entry_points
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Final

from projections.projecting.projection import Projection, ProjectionFailed
from timeline.errors import InvalidInput

ENTRY_POINTS: Final = "timeline.projections"
"""The group of entry points under which a package registers its projections: a name, and the class."""


def found(named: str) -> Projection:
    """The projection that a text names: `my_projection.py`, `my_projection.py:Control`, or the name of an entry point.

    Raises:
        InvalidInput: there is no such file or entry point, or it holds no projection, or several and none is named.
        ProjectionFailed: it cannot be imported, or made.
    """
    path, _, name = named.rpartition(":") if named.rpartition(":")[0].endswith(".py") else (named, "", "")
    if path.endswith(".py"):
        return _made(_in_file(Path(path), name), path)
    return registered(named)


def registered(name: str) -> Projection:
    """The projection that an installed package registers under a name; raises as `found` does."""
    group = entry_points(group=ENTRY_POINTS)
    for point in group:
        if point.name == name:
            try:
                loaded = point.load()
            except Exception as error:
                raise _broken(name) from error
            if not (inspect.isclass(loaded) and issubclass(loaded, Projection)):
                raise InvalidInput(
                    f'what is registered as "{name}" is no projection.',
                    field="projection",
                    remedy="Register a subclass of projections.Projection.",
                )
            return _made(loaded, name)
    names = ", ".join(sorted(point.name for point in group))
    raise InvalidInput(
        f'no projection is registered as "{name[:80]}".',
        field="projection",
        remedy=f"There are: {names}. Or name a file, such as my_projection.py."
        if names
        else f'Name a file, such as my_projection.py, or install a package with an entry point "{ENTRY_POINTS}".',
    )


def _in_file(path: Path, name: str) -> type[Projection]:
    if not path.is_file():
        raise InvalidInput(
            f'there is no file "{path}".', field="projection", remedy="Name a Python file with a projection in it."
        )
    module = _imported(path)
    classes = {
        key: value
        for key, value in vars(module).items()
        if inspect.isclass(value) and issubclass(value, Projection) and value.__module__ == module.__name__
    }
    if name:
        if name not in classes:
            raise InvalidInput(
                f'"{path}" has no projection "{name}".',
                field="projection",
                remedy=f"It has: {', '.join(classes) or 'none'}.",
            )
        return classes[name]
    if len(classes) != 1:
        raise InvalidInput(
            f'"{path}" holds {len(classes) or "no"} projection{"" if len(classes) == 1 else "s"}.',
            field="projection",
            remedy=f"Say which: {path}:{next(iter(classes))}, say."
            if classes
            else "Write a subclass of projections.Projection in it.",
        )
    return next(iter(classes.values()))


def _imported(path: Path) -> Any:
    spec = spec_from_file_location(f"own_projection_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise InvalidInput(f'"{path}" is no Python file.', field="projection", remedy="Name one that ends in .py.")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses and pickles look their module up by name
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise _broken(str(path)) from error
    return module


def _made(projection: type[Projection], name: str) -> Projection:
    try:
        return projection()
    except Exception as error:
        raise _broken(name) from error


def _broken(name: str) -> ProjectionFailed:
    return ProjectionFailed(name, position=None, development=None, told=traceback.format_exc())
