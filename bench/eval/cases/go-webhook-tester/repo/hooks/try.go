package hooks

import (
	"fmt"
	"net/http"
	"strings"

	"hub/outbound"
)

// Try sends a test event to the address of a hook.
func Try(w http.ResponseWriter, r *http.Request) {
	target := r.PostFormValue("url")
	answer, err := outbound.Client.Post(target, "application/json", strings.NewReader(`{"event":"test"}`))
	if err != nil {
		http.Error(w, "the hook does not answer", http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	fmt.Fprintf(w, "status %d\n", answer.StatusCode)
}
