package token

import (
	"crypto/ed25519"
	"errors"
	"sync"
)

var errKey = errors.New("token: unknown key")

// Keys holds the public keys by their id.
type Keys struct {
	mu   sync.RWMutex
	byID map[string]ed25519.PublicKey
}

func (k *Keys) get(id string) (ed25519.PublicKey, error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	key, ok := k.byID[id]
	if !ok {
		return nil, errKey
	}
	return key, nil
}
