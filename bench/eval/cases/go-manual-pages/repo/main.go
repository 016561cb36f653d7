package main

import (
	"flag"
	"log"
	"net/http"

	"docs/manual"
)

func main() {
	root := flag.String("root", "/srv/manual", "folder with the pages")
	address := flag.String("listen", ":8080", "address to listen on")
	flag.Parse()

	mux := http.NewServeMux()
	mux.Handle("GET /manual", manual.Folder{Root: *root})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok")) })
	log.Fatal(http.ListenAndServe(*address, mux))
}
