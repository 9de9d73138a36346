"""Files: uploading them as multipart forms, listing, showing and unlinking them."""

import base64
import io
import json

import pytest
from flask import request

from mock_custify import create_app
from mock_custify.limits import Limits
from support.api import Api
from support.vendor_work import mistakes

KEY = {"Authorization": "Bearer k"}


def sent(api, **form):
    """Return the answer to an upload; a file is (content, name) or (content, name, media)."""
    fields = {"file": (b"hello", "notes.txt"), **form}
    data = {
        name: (io.BytesIO(value[0]), *value[1:]) if isinstance(value, tuple) else value
        for name, value in fields.items()
        if value is not None
    }
    answer = api.client.post("/file", headers=KEY, data=data, content_type="multipart/form-data")
    api.status = answer.status_code
    return json.loads(answer.get_data())


def raw(api, body, media="multipart/form-data; boundary=B", **headers):
    """Return the answer to an upload whose body is written out."""
    answer = api.client.post("/file", headers={**KEY, **headers}, data=body, content_type=media)
    api.status = answer.status_code
    return json.loads(answer.get_data())


PART = b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\nhello\r\n'


def test_an_uploaded_file_is_listed_in_the_form_of_the_vendor(api):
    api.freeze("2026-01-01")

    file = sent(api, companyId=api.company(), peopleId=api.person())

    assert {name: file[name] for name in ("name", "extension", "mimeType", "size", "showInPortal")} == {
        "name": "notes.txt",
        "extension": "txt",
        "mimeType": "text/plain",
        "size": 5,
        "showInPortal": False,
    }
    assert (file["created_at"], len(file["account"])) == ("2026-01-01T00:00:00.000Z", 24)
    assert mistakes("FileUploadListing", file) == []
    assert api.get("/file") == {"files": [file], "total": 1}


def test_a_file_belongs_to_the_company_and_the_person_that_the_form_names(api):
    company, person = api.company(), api.person()

    files = [sent(api), sent(api, companyId=company), sent(api, peopleId=person)]

    assert [(file["companies"], file["peoples"]) for file in files] == [
        ([], []),
        ([company], []),
        ([], [person]),
    ]


@pytest.mark.parametrize(
    ("file", "media", "extension"),
    [
        ((b"x", "a.pdf"), "application/pdf", "pdf"),
        ((b"x", "a.pdf", "text/csv"), "text/csv", "pdf"),
        ((b"", "C:\\files\\a.tar.gz"), "application/x-tar", "gz"),
        ((b"x", "plain"), "application/octet-stream", ""),
    ],
)
def test_a_file_has_the_type_that_its_part_or_its_name_says(api, file, media, extension):
    answer = sent(api, file=file)

    assert (answer["mimeType"], answer["extension"]) == (media, extension)


def test_a_part_without_a_content_type_has_the_type_of_its_name(api):
    answer = raw(api, PART + b"--B--\r\n")

    assert (api.status, answer["name"], answer["mimeType"]) == (200, "a.pdf", "application/pdf")


@pytest.mark.parametrize(
    ("body", "media", "error"),
    [
        (b"{}", "application/json", "the body must be multipart/form-data, got application/json"),
        (
            PART + b"--B--\r\n",
            "multipart/form-data",
            "the body is not multipart/form-data: it has no boundary",
        ),
        (PART, "multipart/form-data; boundary=B", "the body is not multipart/form-data: it has no boundary"),
        (b"", "multipart/form-data; boundary=B", "file is required"),
        (b"--B--\r\n", "multipart/form-data; boundary=B", "file is required"),
        (
            PART.replace(b'; filename="a.pdf"', b"") + b"--B--\r\n",
            "multipart/form-data; boundary=B",
            "file must be a file with a file name",
        ),
        (PART * 101 + b"--B--\r\n", "multipart/form-data; boundary=B", "the form has too many parts"),
    ],
)
def test_a_form_that_does_not_fit_is_refused_and_not_kept(api, body, media, error):
    answer = raw(api, body, media)

    assert (api.status, answer["error"][: len(error)]) == (409, error)
    assert api.get("/file")["total"] == 0


@pytest.mark.parametrize("name", ["companyId", "peopleId"])
def test_a_file_for_an_unknown_record_is_refused_and_not_kept(api, name):
    answer = sent(api, **{name: "unknown"})

    assert (api.status, answer) == (409, {"error": f"{name}: no record has the id 'unknown'"})
    assert api.get("/file")["total"] == 0


def test_an_upload_needs_a_key(api):
    answer = raw(api, PART + b"--B--\r\n", Authorization="")

    assert (api.status, list(answer)) == (401, ["error"])


def test_an_upload_is_in_the_journal(api):
    sent(api)

    (call,) = api.get("/_mock/requests?path=/file")["requests"]

    assert (call["method"], call["status"]) == ("POST", 200)
    assert "notes.txt" in json.dumps(call)


def test_an_upload_meets_a_fault(api):
    api.post("/_mock/faults", {"method": "POST", "path": "/file", "status": 503})

    sent(api)

    assert (api.status, api.get("/file")["total"]) == (503, 0)


def test_an_upload_counts_for_the_rate_limit(api):
    api.put("/_mock/rate-limit", {"requests": 1, "seconds": 60})

    sent(api)
    sent(api)

    assert api.status == 429


def test_a_hook_of_flask_may_read_the_form_before_the_view():
    app, seen = create_app(), []
    app.before_request(lambda: seen.append(sorted(request.files)))
    api = Api(client=app.test_client())

    answer = sent(api)

    assert (api.status, answer["size"], seen) == (200, 5, [["file"]])


def test_files_beyond_the_limit_of_the_workspace_are_refused():
    api = Api(client=create_app(limits=Limits(files=9)).test_client())
    sent(api)

    answer = sent(api)

    assert (api.status, answer) == (
        413,
        {"error": "the files of the workspace would have 10 bytes, at most 9 are kept"},
    )
    assert api.get("/file")["total"] == 1


def test_a_file_beyond_the_limit_of_a_body_is_refused():
    api = Api(client=create_app(limits=Limits(body=2000)).test_client())

    sent(api, file=(b"x" * 3000, "a.txt"))

    assert (api.status, api.get("/file")["total"]) == (413, 0)


@pytest.fixture
def world(api):
    """A workspace with a company, a person and three files."""
    files = [
        {"id": "f1", "name": "Offer.pdf", "companies": ["c1"], "peoples": ["p1"]},
        {"id": "f2", "name": "offer.txt", "companies": ["c1"]},
        {"id": "f3", "name": "photo.png", "peoples": ["u1"]},
    ]
    state = {"companies": [{"id": "c1", "company_id": "g1"}], "people": [{"id": "p1", "user_id": "u1"}]}
    api.put("/_mock/state", {**state, "files": files})
    return api


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({}, ["f1", "f2", "f3"]),
        ({"companyId": "c1"}, ["f1", "f2"]),
        ({"peopleId": "p1"}, ["f1", "f3"]),
        ({"companyId": "c1", "peopleId": "p1"}, ["f1"]),
        ({"searchKey": "OFFER"}, ["f1", "f2"]),
        ({"companyId": "c9"}, []),
        ({"itemsPerPage": "2", "page": "2"}, ["f3"]),
    ],
)
def test_files_are_listed_by_record_and_name(world, query, ids):
    assert [file["id"] for file in world.get("/file", **query)["files"]] == ids


def test_a_page_of_files_has_at_most_fifty(api):
    api.put("/_mock/state", {"files": [{"name": "a"}] * 60})

    answer = api.get("/file", itemsPerPage=60)

    assert (len(answer["files"]), answer["total"]) == (50, 60)


def test_a_file_is_shown_in_the_portal_and_hidden_again(world):
    shown = world.put("/file/f1/showInPortal", {"showInPortal": True})
    listed = world.get("/file")["files"][0]
    hidden = world.put("/file/f1/showInPortal", {"showInPortal": False})

    assert [file["showInPortal"] for file in (shown, listed, hidden)] == [True, True, False]


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("/file/f9/showInPortal", {"showInPortal": True}, "there is no file with the id 'f9'"),
        ("/file/f1/showInPortal", {}, "showInPortal is required"),
        ("/file/f1/showInPortal", {"showInPortal": "yes"}, 'showInPortal must be true or false, got "yes"'),
    ],
)
def test_a_mistake_about_the_portal_is_refused(world, path, body, error):
    answer = world.put(path, body)

    assert (world.status, answer) == (400, {"error": error})


@pytest.mark.parametrize(
    ("body", "companies", "peoples"),
    [
        ({"companyId": "c1"}, [], ["p1"]),
        ({"peopleId": "p1"}, ["c1"], []),
        ({"companyId": "c1", "peopleId": "p1"}, [], []),
        ({}, [], []),
    ],
)
def test_a_file_is_unlinked_from_the_records_that_are_named(world, body, companies, peoples):
    answer = world.post("/file/unlink", {"fileId": "f1", **body})

    file = world.get("/file")["files"][0]
    assert (world.status, mistakes("Message", answer)) == (200, [])
    assert (file["companies"], file["peoples"]) == (companies, peoples)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"fileId": "f9"}, "there is no file with the id 'f9'"),
        ({"fileId": "f1", "companyId": "c9"}, "there is no company with the id 'c9'"),
        ({"fileId": "f1", "peopleId": "p9"}, "there is no person with the id 'p9'"),
    ],
)
def test_what_is_unknown_cannot_be_unlinked(world, body, error):
    answer = world.post("/file/unlink", body)

    assert (world.status, answer) == (404, {"error": error})
    assert world.get("/file")["files"][0]["companies"] == ["c1"]


def test_unlinking_needs_a_file(world):
    world.post("/file/unlink", {"companyId": "c1"})

    assert world.status == 400


def test_a_deleted_company_takes_the_files_along_that_belong_to_nobody_else(world):
    world.post("/note", {"entity": "p1", "entityModel": "Customer", "text": "t", "files": ["f1", "f2"]})

    world.delete("/company/c1")

    files = world.get("/file")["files"]
    assert [(file["id"], file["companies"]) for file in files] == [("f1", []), ("f3", [])]
    assert world.get("/note")["notes"][0]["files"] == ["f1"]


def test_the_content_of_a_file_stands_in_the_state_in_base64_and_comes_back(api):
    sent(api, file=(b"\x00\xffhello", "a.bin"))
    state = api.get("/_mock/state")

    again = api.put("/_mock/state", state)

    assert base64.b64decode(state["files"][0]["content"]) == b"\x00\xffhello"
    assert again == state
