package backup

import (
	"log/slog"
	"net/http"
	"path"
	"strings"

	"console/session"
)

const root = "/srv/data"

func Handler(w http.ResponseWriter, r *http.Request) {
	if session.User(r) == "" {
		http.Error(w, "sign in first", http.StatusUnauthorized)
		return
	}
	folder := path.Join(root, path.Clean("/"+r.FormValue("folder")))
	if !strings.HasPrefix(folder, root+"/") {
		http.Error(w, "folder is needed", http.StatusBadRequest)
		return
	}
	out, err := pipe(r.Context(), line("tar", "-cf", "-", "--", folder), line("backup-upload", "--stdin"))
	if err != nil {
		slog.Error("backup", "folder", folder, "output", string(out))
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
