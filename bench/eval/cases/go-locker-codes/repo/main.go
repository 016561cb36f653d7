package main

import (
	"flag"
	"fmt"

	"lockers/codes"
)

func main() {
	count := flag.Int("n", 1, "how many codes")
	flag.Parse()
	for range *count {
		fmt.Println(codes.Unlock())
	}
}
