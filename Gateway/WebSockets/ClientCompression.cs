using System.Globalization;
using System.Net.Http.Headers;

namespace OrleansTicker.Gateway.WebSockets;

/// <summary>How a client may compress its messages, as agreed in the handshake (RFC 7692, 7.1).</summary>
/// <param name="HasContextTakeover">Whether a message may refer to the messages before it.</param>
/// <param name="WindowBits">How far back it may refer, as a power of two: 8 to 15.</param>
internal readonly record struct ClientCompression(bool HasContextTakeover, byte WindowBits)
{
    private const byte LeastWindowBits = 8;
    private const byte MostWindowBits = 15;

    /// <summary>Reads the <c>Sec-WebSocket-Extensions</c> header of the server's own response.</summary>
    /// <returns>Null if no compression was agreed.</returns>
    /// <exception cref="FormatException">The header agrees to something else than permessage-deflate.</exception>
    public static ClientCompression? Of(string? responseHeader)
    {
        if (string.IsNullOrWhiteSpace(responseHeader))
        {
            return null;
        }

        var extension = NameValueWithParametersHeaderValue.Parse(responseHeader);
        if (extension.Name != "permessage-deflate" || extension.Value is not null)
        {
            throw new FormatException($"\"{responseHeader}\" is no extension that the gateway knows.");
        }

        var compression = new ClientCompression(HasContextTakeover: true, MostWindowBits);
        foreach (var parameter in extension.Parameters)
        {
            compression = parameter.Name switch
            {
                "client_no_context_takeover" => compression with { HasContextTakeover = false },
                "client_max_window_bits" => compression with { WindowBits = WindowBitsOf(parameter) },
                "server_no_context_takeover" or "server_max_window_bits" => compression,
                _ => throw new FormatException($"\"{parameter}\" is no parameter of permessage-deflate."),
            };
        }

        return compression;
    }

    private static byte WindowBitsOf(NameValueHeaderValue parameter) =>
        byte.TryParse(parameter.Value?.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
        && bits is >= LeastWindowBits and <= MostWindowBits
            ? bits
            : throw new FormatException($"\"{parameter}\" is no window of {LeastWindowBits} to {MostWindowBits} bits.");
}
