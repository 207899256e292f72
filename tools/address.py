"""Where a copy of the series lives, and where its notebooks can be opened then."""

import re
import subprocess
from urllib.parse import quote

BRANCH = "main"
HOSTS = "github.com", "gitlab.com", "codeberg.org"  # public code hosts
FORM = re.compile(r"(?:https://|ssh://git@|git@)(?P<host>[\w.-]+)[/:]"
                  r"(?P<owner>[\w-]+)/(?P<name>[\w.-]+?)(?:\.git)?/?")


def parts(where):
    """Return host, owner and name of a repository.

    Parameters
    ----------
    where : str
        As a browser or as git writes it.

    Returns
    -------
    tuple of str

    Raises
    ------
    SystemExit
        If it is not the address of a repository on a public code host.
    """
    found = FORM.fullmatch(where)
    if not found or found["host"] not in HOSTS:
        raise SystemExit("The address must look like https://github.com/OWNER/REPO, on "
                         f"{', '.join(HOSTS)}; got {where}")
    return found["host"], found["owner"], found["name"]


def urls(where):
    """Return [project.urls] of a repository: "Repository", and on GitHub "Site".

    .github/workflows/pages.yml publishes the site; elsewhere nothing does by itself.

    Examples
    --------
    >>> urls("git@github.com:You/lstm.git")["Site"]
    'https://you.github.io/lstm'
    """
    host, owner, name = parts(where)
    found = {"Repository": f"https://{host}/{owner}/{name}"}
    if host == "github.com":
        own = f"{owner.lower()}.github.io"
        # The pages of a person, or those of a project.
        path = "" if name.lower() == own else f"/{name}"
        found["Site"] = f"https://{own}{path}"
    return found


def known(where):
    """Whether [project.urls] say where the series lives, or still OWNER/REPO."""
    return not where["Repository"].endswith("/OWNER/REPO")


def remote(root):
    """Return the address of the repository's own remote; "" if it is not public."""
    try:
        said = subprocess.run(["git", "-C", str(root), "remote", "get-url", "origin"],
                              capture_output=True, text=True).stdout.strip()
        top = subprocess.run(["git", "-C", str(root), "rev-parse", "--show-prefix"],
                             capture_output=True, text=True)
    except OSError:  # no git: a ZIP file
        return ""
    if top.returncode or top.stdout.strip():  # a folder of somebody else's repository
        return ""
    found = FORM.fullmatch(said)
    if not found or found["host"] not in HOSTS:
        return ""
    return urls(said)["Repository"]


def places(where, name):
    """Return where a notebook can be opened: name of the place → address.

    Parameters
    ----------
    where : dict
        [project.urls].
    name : str
        File of the notebook.

    Returns
    -------
    dict
        Empty while it is not known where the series lives.
    """
    if not known(where):
        return {}
    host, owner, repository = parts(where["Repository"])
    path = f"notebooks/{name}"
    inside = quote(f"lab/tree/{path}", safe="")
    binder = {"github.com": f"gh/{owner}/{repository}",
              "gitlab.com": f"gl/{quote(f'{owner}/{repository}', safe='')}",
              "codeberg.org": "git/" + quote(where["Repository"], safe="")}
    found = {"Binder": f"https://mybinder.org/v2/{binder[host]}/{BRANCH}"
                       f"?urlpath={inside}"}
    if host == "github.com":
        file = f"github/{owner}/{repository}/blob/{BRANCH}/{path}"
        found["Colab"] = f"https://colab.research.google.com/{file}"
        found["CoCalc"] = f"https://cocalc.com/{file}"
    if "Site" in where:
        site = where["Site"].rstrip("/")
        lab = f"{site}/lite/lab/index.html?path={quote(path, safe='')}"
        found["the browser edition"] = lab
        found["a page to read"] = f"{site}/{name.removesuffix('.ipynb')}.html"
    return found
