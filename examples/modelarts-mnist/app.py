from flask import Flask, request

app = Flask(__name__)


@app.post("/")
def recognise():
    image = request.files["images"]
    return {"mnist_result": len(image.read()) % 10}


@app.get("/health")
def health():
    return {"health": "true"}
