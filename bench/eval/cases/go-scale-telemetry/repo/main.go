package main

import (
	"io"
	"log"
	"net/http"
	"sync/atomic"

	"scales/auth"
)

func main() {
	var count atomic.Int64
	http.HandleFunc("POST /weight", auth.Required(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, 1024))
		count.Add(1)
		w.WriteHeader(http.StatusNoContent)
	}))
	log.Fatal(http.ListenAndServe(":8080", nil))
}
