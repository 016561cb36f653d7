package probe

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
)

// Config verifies devices by the name in their certificate, which is the
// device's serial number and not the host name that we dial.
func Config(roots *x509.CertPool, serial string) *tls.Config {
	return &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true,
		VerifyConnection: func(state tls.ConnectionState) error {
			if len(state.PeerCertificates) == 0 {
				return errors.New("probe: no certificate")
			}
			options := x509.VerifyOptions{Roots: roots, DNSName: serial, Intermediates: x509.NewCertPool()}
			for _, certificate := range state.PeerCertificates[1:] {
				options.Intermediates.AddCert(certificate)
			}
			_, err := state.PeerCertificates[0].Verify(options)
			return err
		},
	}
}
