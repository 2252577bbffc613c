// Checks the checkpoint and every proof of a file of evidence with Go's own sumdb packages, some times over, and prints how many microseconds
// one time took. Debian: golang-go, golang-golang-x-mod-dev. Run: GO111MODULE=off GOPATH=/usr/share/gocode go run verify-bundle.go FILE TIMES
package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type event struct {
	Ordinal, Revision, Version   int64
	Stream, ID, Type, Meta, Data string
	DataHash                     string
	Proof                        []string
}

type bundle struct {
	Key, Checkpoint string
	Events          []event
}

func must(err error) {
	if err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
}

func (e event) leaf() []byte {
	meta, data := sha256.Sum256([]byte(e.Meta)), sha256.Sum256([]byte(e.Data))
	if e.DataHash != "" {
		_, err := hex.Decode(data[:], []byte(e.DataHash))
		must(err)
	}
	content := sha256.Sum256(append(meta[:], data[:]...))
	return []byte(fmt.Sprintf(`{"content":"%s","id":%s,"leaf":1,"ordinal":%d,"revision":%d,"stream":%s,"type":%s,"version":%d}`,
		hex.EncodeToString(content[:]), strconv.Quote(e.ID), e.Ordinal, e.Revision, strconv.Quote(e.Stream), strconv.Quote(e.Type), e.Version))
}

func hash(text string) (found tlog.Hash) {
	bytes, err := base64.StdEncoding.DecodeString(text)
	must(err)
	copy(found[:], bytes)
	return found
}

func verify(text []byte) int {
	var told bundle
	must(json.Unmarshal(text, &told))
	verifier, err := note.NewVerifier(told.Key)
	must(err)
	opened, err := note.Open([]byte(told.Checkpoint), note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root := hash(lines[2])
	for _, one := range told.Events {
		proof := tlog.RecordProof{}
		for _, sibling := range one.Proof {
			proof = append(proof, hash(sibling))
		}
		must(tlog.CheckRecord(proof, size, root, one.Ordinal-1, tlog.RecordHash(one.leaf())))
	}
	return len(told.Events)
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	must(err)
	times, err := strconv.Atoi(os.Args[2])
	must(err)
	start, events := time.Now(), 0
	for n := 0; n < times; n++ {
		events = verify(text)
	}
	fmt.Println("ok", events, time.Since(start).Microseconds()/int64(times))
}
