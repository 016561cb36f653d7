package plates

import (
	"fmt"
	"path/filepath"
)

// check makes sure that a name stays in the folder of the plates.
func check(name string) error {
	if !filepath.IsLocal(name) {
		return fmt.Errorf("plates: %q leaves the folder", name)
	}
	return nil
}
