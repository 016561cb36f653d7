package main

import (
	"bufio"
	"fmt"
	"log"
	"os"

	"ledger/seal"
)

func main() {
	key, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	s, err := seal.New(key)
	if err != nil {
		log.Fatal(err)
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		fmt.Println(s.Seal(lines.Text()), lines.Text())
	}
}
