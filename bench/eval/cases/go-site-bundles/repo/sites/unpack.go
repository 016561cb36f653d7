package sites

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

const root = "/srv/sites"

// Unpack writes a bundle into the folder of one site and nowhere else.
func Unpack(site int, bundle *zip.Reader) error {
	folder := filepath.Join(root, fmt.Sprint(site))
	for _, entry := range bundle.File {
		target := filepath.Join(folder, entry.Name)
		if !strings.HasPrefix(target, folder) {
			return fmt.Errorf("%s leaves the site", entry.Name)
		}
		if entry.FileInfo().IsDir() {
			continue
		}
		if err := write(target, entry); err != nil {
			return err
		}
	}
	return nil
}

func write(target string, entry *zip.File) error {
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	in, err := entry.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(target, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer out.Close()
	_, err = io.Copy(out, io.LimitReader(in, 20<<20))
	return err
}
