from quotes.app import app


def test_quote_of_the_day():
    assert app.test_client().get("/2").text == "Readability counts.\n"
