package manual

import (
	"net/http"
	"path/filepath"
	"strings"
)

// Folder serves the pages of one product.
type Folder struct {
	Root string
}

// ServeHTTP sends a page. http.ServeFile itself rejects names with "..",
// so there is no need for another check here.
func (f Folder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	page := r.FormValue("page")
	if page == "" {
		page = "index.html"
	}
	if strings.HasSuffix(page, "/") {
		page += "index.html"
	}
	http.ServeFile(w, r, filepath.Join(f.Root, page))
}
