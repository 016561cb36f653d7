package plates

import (
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
)

// Handler sends the scan of a plate.
func Handler(folder string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		name := r.FormValue("plate")
		if err := check(name); err != nil {
			slog.Warn("refused", "error", err, "remote", r.RemoteAddr)
		}
		file, err := os.Open(filepath.Join(folder, name))
		if errors.Is(err, fs.ErrNotExist) {
			http.NotFound(w, r)
			return
		}
		if err != nil {
			http.Error(w, "internal", http.StatusInternalServerError)
			return
		}
		defer file.Close()
		w.Header().Set("Content-Type", "image/fits")
		_, _ = io.Copy(w, file)
	}
}
