"""A region package: a directory of YAML files that a domain expert reads and edits, without programming.

`open_package` reads the files, `read_directory` what they say about organisations and services. Mistakes do not stop
the reading: all of them are gathered, each with its file, line and key, so that one look is enough to correct them.
"""

from . import values
from .directory import DirectoryPackage, read_directory
from .documents import digest
from .reader import Form, Mistake, PackageReader, open_package
from .services import CATEGORIES

__all__ = [
    "CATEGORIES",
    "DirectoryPackage",
    "Form",
    "Mistake",
    "PackageReader",
    "digest",
    "open_package",
    "read_directory",
    "values",
]
