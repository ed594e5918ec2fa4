"""Scripts are modules, served as they are written: a page names its first, which imports the others."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = r"""(?P<matched>import (?P<names>[^"';]+) from "(?P<url>\./[^"]+)";)"""


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """Every file by the fingerprint of its content, the names within our own imports too.

    Django's own switch for this reads the scripts of every package, and stops at what some of them say in comments.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((IMPORT, 'import %(names)s from "%(url)s";'),)),
    )
