import EvidenceCLI

CommandProgram.main()
