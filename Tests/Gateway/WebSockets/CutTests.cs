using CsCheck;
using OrleansTicker.Gateway.WebSockets;

namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>What a reader hears does not depend on how the bytes come.</summary>
public sealed class CutTests
{
    private const int MaxMessageBytes = 1000;

    [Fact]
    public void What_is_valid_is_heard_alike_however_it_is_cut() => Gen.Select(ClientScript.Valid, ClientScript.Cuts).Sample(
        (script, cuts) => Assert.Equal(Read(script, [1]), Read(script, cuts)),
        iter: 2000);

    /// <summary>Only a later block that is final may be found later (see <see cref="MessageInflater"/>).</summary>
    [Fact]
    public void What_is_damaged_is_heard_alike_however_it_is_cut() => Gen.Select(ClientScript.Damaged, ClientScript.Cuts).Sample(
        (script, cuts) =>
        {
            var (expected, heard) = (Read(script, [1]), Read(script, cuts));

            Assert.Equal(Texts(expected), Texts(heard));
            Assert.True(script.Compression is not null || expected.SequenceEqual(heard));
        },
        iter: 10_000);

    private static Heard[] Read((byte[] Bytes, ClientCompression? Compression) script, int[] cuts)
    {
        using var reader = new ClientFrameReader(MaxMessageBytes, script.Compression);
        return [.. ReaderLog.Read(reader, script.Bytes, ClientScript.Pieces(script.Bytes, cuts)).Select(heard => heard with { At = 0 })];
    }

    private static IEnumerable<Heard> Texts(Heard[] heard) => heard.Where(frame => frame.Kind == ClientFrameKind.Text);
}
