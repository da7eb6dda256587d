from flask import Flask

app = Flask(__name__)


@app.route("/hello/model")
def hello():
    return "Hello from the model"


@app.route("/health")
def health():
    return {"health": "true"}
