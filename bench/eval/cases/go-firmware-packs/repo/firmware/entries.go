package firmware

import (
	"archive/tar"
	"path/filepath"
)

func wanted(header *tar.Header) bool {
	return header.Typeflag == tar.TypeReg && filepath.IsLocal(header.Name) && header.Size < 64<<20
}
