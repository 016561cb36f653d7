import falcon

from glossary.terms import lookup


class Entry:
    def on_get(self, request, response):
        term = request.get_param("term", required=True)
        language = request.get_param("lang", default="de")
        texts = lookup(term, language)
        if not texts:
            raise falcon.HTTPNotFound
        response.media = {"term": term, "texts": texts}


app = falcon.App()
app.add_route("/entry", Entry())
