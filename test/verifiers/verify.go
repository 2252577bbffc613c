// Checks the checkpoint, tiles, entries and proofs of a folder that `savoirs audit tiles` wrote, with Go's own sumdb packages.
// Debian: golang-go, golang-golang-x-mod-dev. Run: GO111MODULE=off GOPATH=/usr/share/gocode go run verify.go KEY FOLDER
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type folder struct{ path string }

func (folder) Height() int                        { return 8 }
func (folder) SaveTiles([]tlog.Tile, [][]byte)    {}
func (f folder) ReadTiles(tiles []tlog.Tile) (all [][]byte, err error) {
	for _, tile := range tiles {
		// Go's path names the height, too: tile/8/0/000
		data, err := os.ReadFile(filepath.Join(f.path, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func must(err error) {
	if err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
}

func entries(path string, size int64) (all [][]byte) {
	for index := int64(0); index*256 < size; index++ {
		width := size - index*256
		if width > 256 {
			width = 256
		}
		tile := tlog.Tile{H: 8, L: 0, N: index, W: int(width)}
		data, err := os.ReadFile(filepath.Join(path, strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)))
		must(err)
		for len(data) > 0 {
			end := 2 + int(binary.BigEndian.Uint16(data))
			all, data = append(all, data[2:end]), data[end:]
		}
	}
	return all
}

func main() {
	verifier, err := note.NewVerifier(os.Args[1])
	must(err)
	text, err := os.ReadFile(filepath.Join(os.Args[2], "checkpoint"))
	must(err)
	opened, err := note.Open(text, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	var tree tlog.Tree
	_, err = fmt.Sscan(lines[1], &tree.N)
	must(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	must(err)
	copy(tree.Hash[:], root)
	reader := tlog.TileHashReader(tree, folder{os.Args[2]})
	all := entries(os.Args[2], tree.N)
	if int64(len(all)) != tree.N {
		must(fmt.Errorf("%d entries of %d", len(all), tree.N))
	}
	for index, entry := range all {
		proof, err := tlog.ProveRecord(tree.N, int64(index), reader)
		must(err)
		must(tlog.CheckRecord(proof, tree.N, tree.Hash, int64(index), tlog.RecordHash(entry)))
		if !bytes.Contains(entry, []byte(fmt.Sprintf(`"ordinal":%d,`, index+1))) {
			must(fmt.Errorf("entry %d has another number", index))
		}
	}
	for size := int64(1); size <= tree.N; size++ {
		old, err := tlog.TreeHash(size, reader)
		must(err)
		proof, err := tlog.ProveTree(tree.N, size, reader)
		must(err)
		must(tlog.CheckTree(proof, tree.N, tree.Hash, size, old))
	}
	fmt.Println("ok", tree.N)
}
