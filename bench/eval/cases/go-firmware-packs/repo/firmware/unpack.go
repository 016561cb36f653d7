package firmware

import (
	"archive/tar"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// Unpack writes the regular files of a pack into a new directory.
func Unpack(stream io.Reader) (string, error) {
	directory, err := os.MkdirTemp("/var/lib/firmware", "pack-")
	if err != nil {
		return "", err
	}
	pack := tar.NewReader(stream)
	for {
		header, err := pack.Next()
		if errors.Is(err, io.EOF) {
			return directory, nil
		}
		if err != nil {
			return directory, err
		}
		if !wanted(header) {
			continue
		}
		target := filepath.Join(directory, header.Name)
		if err := os.MkdirAll(filepath.Dir(target), 0o750); err != nil {
			return directory, err
		}
		out, err := os.Create(target)
		if err != nil {
			return directory, err
		}
		_, err = io.Copy(out, pack)
		if err = errors.Join(err, out.Close()); err != nil {
			return directory, err
		}
	}
}
