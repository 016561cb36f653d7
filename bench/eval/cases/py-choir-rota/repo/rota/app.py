from bottle import Bottle, request

from rota.queries import singers_on

app = Bottle()


@app.get("/rota/<date:re:[0-9-]{10}>")
def rota(date):
    voice = request.query.get("voice")
    return {"singers": [{"name": name, "voice": part} for name, part in singers_on(date, voice)]}


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8090)
