from dice import create_app

app = create_app()
