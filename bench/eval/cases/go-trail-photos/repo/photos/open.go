package photos

import (
	"errors"
	"os"
	"path/filepath"
)

const folder = "/srv/photos"

var ErrKind = errors.New("photos: not a picture")

func locate(name string) string {
	return filepath.Join(folder, filepath.Clean("/"+name))
}

// Open opens a picture by the name that the album gives it.
func Open(name string) (*os.File, error) {
	switch filepath.Ext(name) {
	case ".jpg", ".webp":
		return os.Open(locate(name))
	}
	return nil, ErrKind
}
