package main

import (
	"log"
	"net/http"

	"depot/auth"
	"depot/stock"
)

func main() {
	mux := http.NewServeMux()
	mux.Handle("/stock/", auth.Required(stock.Handler()))
	mux.HandleFunc("GET /key.pem", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(auth.PEM) })
	log.Fatal(http.ListenAndServe(":8080", mux))
}
