package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"log"
	"os"

	"plant/probe"
)

func main() {
	pem, err := os.ReadFile("/etc/plant/roots.pem")
	if err != nil {
		log.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		log.Fatal("no roots")
	}
	for address, serial := range map[string]string{"10.8.0.4:8443": "pump-0007.plant.example"} {
		connection, err := tls.Dial("tcp", address, probe.Config(roots, serial))
		if err != nil {
			log.Print(err)
			continue
		}
		fmt.Println(address, connection.ConnectionState().Version)
		_ = connection.Close()
	}
}
