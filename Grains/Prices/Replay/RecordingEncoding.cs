namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>Recognizes by its first bytes a file that must be converted or unpacked before it can be played.</summary>
internal static class RecordingEncoding
{
    /// <summary>How many bytes are examined.</summary>
    public const int Length = 6;

    private static readonly (byte[] Start, string Advice)[] Known =
    [
        ([0xFF, 0xFE], "UTF-16 text; save it as UTF-8"),
        ([0xFE, 0xFF], "UTF-16 text; save it as UTF-8"),
        ([0x1F, 0x8B], "compressed by gzip; unpack it"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed by zstd; unpack it"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "compressed by xz; unpack it"),
        ([0x42, 0x5A, 0x68], "compressed by bzip2; unpack it"),
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive; unpack it"),
    ];

    /// <summary>The encoding of a file that begins with these bytes, and what to do with it; null if it may be a recording.</summary>
    public static string? Describe(ReadOnlySpan<byte> start)
    {
        foreach (var (known, advice) in Known)
        {
            if (start.StartsWith(known))
            {
                return advice;
            }
        }

        // UTF-16 without a byte order mark: a recording begins with digits, which have a zero byte next to them.
        return start.Length >= 2 && (start[0] == 0) != (start[1] == 0) ? "UTF-16 text; save it as UTF-8" : null;
    }
}
