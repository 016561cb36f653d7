package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
)

type Sealer struct{ key []byte }

func New(key []byte) (*Sealer, error) {
	if len(key) < 32 {
		return nil, errors.New("seal: a key of 32 bytes is needed")
	}
	return &Sealer{key}, nil
}

func (s *Sealer) Seal(line string) string {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(line))
	return hex.EncodeToString(mac.Sum(nil))
}
