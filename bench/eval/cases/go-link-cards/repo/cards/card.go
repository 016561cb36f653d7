package cards

import (
	"encoding/json"
	"io"
	"net/http"
	"regexp"
)

var title = regexp.MustCompile(`(?is)<title[^>]*>(.{0,200}?)</title>`)

// Handler answers with the title and the beginning of a page.
func Handler(w http.ResponseWriter, r *http.Request) {
	answer, err := client.Get(r.FormValue("url"))
	if err != nil {
		http.Error(w, "cannot be read", http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(io.LimitReader(answer.Body, 100_000))
	card := map[string]string{"text": string(text[:min(len(text), 500)])}
	if found := title.FindSubmatch(text); found != nil {
		card["title"] = string(found[1])
	}
	_ = json.NewEncoder(w).Encode(card)
}
