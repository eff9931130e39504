using System.Buffers;
using System.Text;
using CsCheck;
using OrleansTicker.Gateway.WebSockets;

namespace OrleansTicker.Tests.Gateway.WebSockets;

public sealed class Utf8PrefixTests
{
    [Fact]
    public void All_of_three_bytes_is_told_as_the_platform_decodes_it()
    {
        var bytes = new byte[3];
        byte[] lasts = [0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xC2, 0xE0, 0xF0, 0xFF];
        for (var first = 0; first < 256; first++)
        {
            for (var second = 0; second < 256; second++)
            {
                foreach (var last in lasts)
                {
                    (bytes[0], bytes[1], bytes[2]) = ((byte)first, (byte)second, last);
                    Check(bytes);
                }
            }
        }
    }

    [Fact]
    public void Damaged_text_is_told_as_the_platform_decodes_it() =>
        Gen.Select(Gen.String, Gen.Int[0, 1 << 20], Gen.Int[-255, 255], Gen.Int[0, 3]).Sample(
            (text, where, difference, cut) =>
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                if (bytes.Length > 0)
                {
                    bytes[where % bytes.Length] ^= (byte)Math.Max(0, difference);
                }

                Check(bytes.AsSpan(..^Math.Min(cut, bytes.Length)));
            },
            iter: 20_000);

    private static void Check(ReadOnlySpan<byte> bytes)
    {
        var whole = 0;
        var status = OperationStatus.Done;
        while (whole < bytes.Length && (status = Rune.DecodeFromUtf8(bytes[whole..], out _, out var length)) == OperationStatus.Done)
        {
            whole += length;
        }

        var isPrefix = Utf8Prefix.TryCheck(bytes, out var told);

        Assert.Equal(status is OperationStatus.Done or OperationStatus.NeedMoreData, isPrefix);
        Assert.True(!isPrefix || told == whole);
    }
}
