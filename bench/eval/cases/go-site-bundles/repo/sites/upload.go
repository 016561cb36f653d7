package sites

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"

	"pages/account"
)

func Upload(w http.ResponseWriter, r *http.Request) {
	site, ok := account.Site(r)
	if !ok {
		http.Error(w, "sign in first", http.StatusUnauthorized)
		return
	}
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 50<<20))
	if err != nil {
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
		return
	}
	bundle, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || Unpack(site, bundle) != nil {
		http.Error(w, "not a bundle", http.StatusUnprocessableEntity)
	}
}
