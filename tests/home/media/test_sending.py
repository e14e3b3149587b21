"""Files are sent whole, in part, or not at all, as browsers and players ask; a wrong question costs an answer, never an error."""

import pytest
from django.http import HttpResponseNotModified
from django.test import RequestFactory

from home.media.sending import send

CONTENT = bytes(range(250)) * 4
SIZE = len(CONTENT)


@pytest.fixture
def ask(tmp_path):
    path = tmp_path / "a.mp4"
    path.write_bytes(CONTENT)

    def asked(method="get", **headers):
        request = getattr(RequestFactory(), method)(
            "/", headers={name.replace("_", "-"): v for name, v in headers.items()}
        )
        return send(request, str(path), "video/mp4")

    return asked


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=100-199", 100, 199),
        ("bytes=0-0", 0, 0),
        ("bytes=0-1", 0, 1),
        ("bytes=999-", 999, 999),
        ("bytes=900-", 900, 999),
        ("bytes=-1", 999, 999),
        ("bytes=-100", 900, 999),
        ("bytes=-99999", 0, 999),
        ("bytes=500-99999", 500, 999),
    ],
)
def test_range__is_sent_with_its_place(ask, asked, first, last):
    response = ask(range=asked)
    assert (response.status_code, body(response)) == (206, CONTENT[first : last + 1])
    assert response.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response.headers["Content-Length"] == str(last - first + 1)
    assert response.headers["Content-Type"] == "video/mp4"


@pytest.mark.parametrize("asked", ["bytes=1000-", "bytes=5000-6000", "bytes=20-10", "bytes=-0"])
def test_range__that_the_file_has_not_is_refused(ask, asked):
    response = ask(range=asked)
    assert (response.status_code, response.headers["Content-Range"]) == (416, f"bytes */{SIZE}")


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=" + "9" * 4400 + "-",
        "bytes=0-" + "9" * 4400,
        "bytes=-" + "9" * 4400,
        "bytes=0-1,5-6",
        "bytes=a-b",
        "bytes=",
        "bytes=-",
        "bytes=٠-٩",
        "bytes=1_0-20",
        "bytes=+1-5",
        "items=0-1",
        "bytes 0-1",
        "",
    ],
)
def test_range__that_says_nothing_is_answered_whole(ask, asked):
    response = ask(range=asked)
    assert (response.status_code, body(response)) == (200, CONTENT)
    assert response.headers["Content-Length"] == str(SIZE)
    assert response.headers["Accept-Ranges"] == "bytes"


def test_if_range__another_content_is_sent_whole(ask):
    known = ask()
    for same in (known.headers["ETag"], known.headers["Last-Modified"]):
        assert ask(range="bytes=0-9", if_range=same).status_code == 206
    for other in ('"other"', "W/" + known.headers["ETag"], "Wed, 01 Jan 2020 00:00:00 GMT", "rác"):
        assert ask(range="bytes=0-9", if_range=other).status_code == 200


def test_known_content__is_not_sent_again(ask):
    known = ask()
    etag = known.headers["ETag"]
    for headers in (
        {"if_none_match": etag},
        {"if_none_match": f'"x", W/{etag}'},
        {"if_none_match": "*"},
        {"if_modified_since": known.headers["Last-Modified"]},
        {"if_none_match": etag, "range": "bytes=0-9"},
    ):
        response = ask(**headers)
        assert isinstance(response, HttpResponseNotModified)
        assert response.headers["ETag"] == etag
    assert ask(if_none_match='"x"', if_modified_since=known.headers["Last-Modified"]).status_code == 200


def test_head__says_the_length_and_sends_nothing(ask):
    response = ask(method="head")
    assert (response.status_code, body(response), response.headers["Content-Length"]) == (200, b"", str(SIZE))


def test_exchanged_within_a_second__is_another_content(ask, tmp_path):
    before = ask().headers["ETag"]
    (tmp_path / "a.mp4").write_bytes(CONTENT[::-1])
    assert ask().headers["ETag"] != before
