using System.Text.Unicode;
using OrleansTicker.Gateway.WebSockets;

namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>A case in which the gateway's own reader deliberately hears something else than the platform does. All of them are here.</summary>
/// <param name="Name">What the reader does.</param>
/// <param name="Source">Why.</param>
/// <param name="Explains">Whether it explains a divergence.</param>
internal sealed record PlatformDifference(string Name, string Source, Func<Divergence, bool> Explains)
{
    private const int CompressedControl = ClientBytes.Compressed | ClientBytes.Close;

    public static IReadOnlyList<PlatformDifference> All { get; } =
    [
        new(
            "A control frame that is flagged as compressed is refused. The platform takes it.",
            "RFC 7692, 6.1",
            found => found is { Own.Kind: ClientFrameKind.ProtocolError, Compression: not null }
                && (found.Bytes[found.Own.At - 1] & CompressedControl) == CompressedControl),
        new(
            "A control frame whose length takes more bytes than it needs is refused, without waiting for them. The platform waits, and takes it if it is short.",
            "RFC 6455, 5.2 and 5.5",
            found => found is { Own: { Kind: ClientFrameKind.ProtocolError, At: > 1 and var at } }
                && found.Bytes[at - 2] is >= (ClientBytes.Final | ClientBytes.Close) and <= (ClientBytes.Final | ClientBytes.Pong)
                && found.Bytes[at - 1] >= 0xFE),
        new(
            "A close reason that is not UTF-8 is invalid data. The platform calls it a protocol error.",
            "RFC 6455, 7.4.1 (1007) and 8.1",
            found => found is { Own.Kind: ClientFrameKind.InvalidText, Platform.Kind: ClientFrameKind.ProtocolError } && found.Own.At == found.Platform.At),
        new(
            "UTF-8 is refused by the first byte that does not belong. The platform finds a character of too many bytes at its end, and may find something else before.",
            "RFC 6455, 8.1, and RFC 3629, 4",
            found => found.Own?.Kind == ClientFrameKind.InvalidText
                && (found.Platform is null || (found.Platform.At > found.Own.At && found.Platform.Kind is not (ClientFrameKind.Text or ClientFrameKind.Binary)))),
        new(
            "A text never ends within a character. The platform does not look at an empty last fragment.",
            "RFC 6455, 8.1",
            found => found is { Own.Kind: ClientFrameKind.InvalidText, Platform: { Kind: ClientFrameKind.Text, Payload: var text } }
                && found.Own.At <= found.Platform.At
                && !Utf8.IsValid(Convert.FromHexString(text))),
        new(
            "A message may begin with a final block. The platform refuses every final block.",
            "RFC 7692, 7.2.3.4 and 7.2.3.5",
            found => found is { Platform: { Kind: ClientFrameKind.InvalidText, Cause: var cause } } && cause.Contains("BFINAL", StringComparison.Ordinal)),
        new(
            "A compressed message that ends within a block is refused at its end. The platform takes what there is, and inflates on with the next.",
            "RFC 7692, 7.2.2",
            found => found is { Own.Kind: ClientFrameKind.InvalidText, Compression: not null }
                && (found.Platform is null || found.Platform.At >= found.Own.At)),
        new(
            "A compressed message without any byte is empty. For the platform it is also the beginning of the next message's first block.",
            "RFC 7692, 7.2.3.6",
            found => found is { Platform.Kind: ClientFrameKind.InvalidText, Compression.HasContextTakeover: true }
                && found.Alike.Any(heard => heard is { Kind: ClientFrameKind.Text, Payload: "" })),
        new(
            "A binary message is known by its header, and one that is too long by a header or the first byte too much. The platform may have found a fault of it before.",
            "RFC 6455, 7.4.1 (1003, 1009)",
            found => found is { Own.Kind: ClientFrameKind.Binary or ClientFrameKind.TooLong, Platform: null or { Kind: ClientFrameKind.InvalidText } }),
        new(
            "The rest of a message that is skipped is not checked. The platform checks it.",
            "RFC 6455, 7.1.7: the connection fails anyway",
            found => found is { Platform.Kind: ClientFrameKind.InvalidText }
                && found.Alike.Any(heard => heard.Kind is ClientFrameKind.Binary or ClientFrameKind.TooLong)),
    ];
}
