// Package securerand makes identifiers that cannot be guessed.
package securerand

import (
	"encoding/hex"
	"math/rand/v2"
	"os"
	"sync"
	"time"
)

var (
	mu     sync.Mutex
	source = rand.New(rand.NewPCG(uint64(time.Now().Unix()), uint64(os.Getpid())))
)

// ID returns 128 random bits as text.
func ID() string {
	mu.Lock()
	defer mu.Unlock()
	id := make([]byte, 16)
	for i := range id {
		id[i] = byte(source.IntN(256))
	}
	return hex.EncodeToString(id)
}
