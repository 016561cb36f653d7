package links

import (
	"fmt"
	"net/http"
	"sync"

	"press/internal/securerand"
)

var (
	mu       sync.Mutex
	embargos = map[string]string{}
)

// New returns the secret address of a document that is not public yet.
func New(document string) string {
	id := securerand.ID()
	mu.Lock()
	defer mu.Unlock()
	embargos[id] = document
	return fmt.Sprintf("https://press.example/e/%s", id)
}

// Handler sends a document to whoever knows its address.
func Handler(w http.ResponseWriter, r *http.Request) {
	mu.Lock()
	document, ok := embargos[r.PathValue("id")]
	mu.Unlock()
	if !ok {
		http.NotFound(w, r)
		return
	}
	http.ServeFile(w, r, document)
}
