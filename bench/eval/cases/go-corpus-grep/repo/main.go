package main

import (
	"encoding/json"
	"log"
	"net/http"

	"letters/corpus"
)

func main() {
	c := corpus.New(map[string][]string{"1781-04": {"Dear friend,", "the snow has gone."}})
	http.HandleFunc("GET /search", func(w http.ResponseWriter, r *http.Request) {
		hits, err := c.Search(r.FormValue("pattern"), 100)
		if err != nil {
			http.Error(w, err.Error(), http.StatusUnprocessableEntity)
			return
		}
		_ = json.NewEncoder(w).Encode(hits)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
