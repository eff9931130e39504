using OrleansTicker.Gateway.WebSockets;

namespace OrleansTicker.Tests.Gateway.WebSockets;

public sealed class ConformanceTests
{
    public static TheoryData<string> Names => ConformanceCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_reader_finds_what_a_client_means_however_its_bytes_are_cut(string name)
    {
        var test = ConformanceCases.All[name];
        foreach (var length in new[] { int.MaxValue, 1, 2, 997 })
        {
            using var reader = new ClientFrameReader(test.MaxMessageBytes, ClientCompression.Of(test.Extensions));
            var heard = ReaderLog.Read(reader, test.Bytes, length);

            Assert.Equal(test.Messages.Select(Convert.ToHexString), Payloads(heard, ClientFrameKind.Text));
            Assert.Equal(test.Pongs.Select(Convert.ToHexString), Payloads(heard, ClientFrameKind.Ping));
            Assert.Equal((test.End, test.Code), EndOf(heard));
        }
    }

    private static IEnumerable<string> Payloads(IEnumerable<Heard> heard, ClientFrameKind kind) =>
        heard.Where(frame => frame.Kind == kind).Select(frame => frame.Payload);

    private static (ConformanceEnd End, int? Code) EndOf(IReadOnlyList<Heard> heard) =>
        heard.Where(frame => frame.Kind is not (ClientFrameKind.Text or ClientFrameKind.Ping or ClientFrameKind.Pong)).ToArray() switch
        {
            [] => (ConformanceEnd.Open, null),
            [{ Kind: ClientFrameKind.Close, Code: var code }] => (ConformanceEnd.Closed, code),
            [{ Kind: ClientFrameKind.Binary }] => (ConformanceEnd.Failed, 1003),
            [{ Kind: ClientFrameKind.TooLong }] => (ConformanceEnd.Failed, 1009),
            [{ Kind: ClientFrameKind.ProtocolError }] => (ConformanceEnd.Failed, 1002),
            [{ Kind: ClientFrameKind.InvalidText }] => (ConformanceEnd.Failed, 1007),
            var several => throw new InvalidOperationException(string.Join(", ", several)),
        };
}
