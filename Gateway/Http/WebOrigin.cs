using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrleansTicker.Gateway.Http;

/// <summary>
/// An origin (RFC 6454, 4) in the one form in which two of them can be compared, which is also how browsers write it: the scheme of the
/// page, also where a socket's is given, the host in lower case and ASCII, and the effective port.
/// </summary>
/// <param name="Scheme">In lower case; <c>http</c> for <c>ws</c>, <c>https</c> for <c>wss</c>.</param>
/// <param name="Host">A name, an IPv4 address, or an IPv6 address in brackets.</param>
/// <param name="Port">The port, the scheme's own where none is given; null where the scheme has none.</param>
internal sealed record WebOrigin(string Scheme, string Host, int? Port)
{
    /// <summary>Far more than a host name may have (RFC 1035, 2.3.4): to put one into ASCII takes time by the square of its length.</summary>
    private const int LongestText = 512;

    private static readonly IdnMapping Idn = new();

    /// <summary>Parses an origin; null if the text is not an origin, such as the <c>null</c> of browsers.</summary>
    public static WebOrigin? Parse(string text) => Parse(text, out _);

    /// <summary>Parses an origin.</summary>
    /// <param name="text">What may be one: scheme, host, and perhaps a port.</param>
    /// <param name="fault">What is wrong if it is not an origin, as the end of a sentence that begins with the text.</param>
    public static WebOrigin? Parse(string text, out string fault)
    {
        if (text.Length > LongestText)
        {
            fault = "is too long";
            return null;
        }

        var end = text.IndexOf("://", StringComparison.Ordinal);
        if (end < 0 || !Uri.CheckSchemeName(text[..end]))
        {
            fault = "has no scheme such as https://";
            return null;
        }

        var scheme = PageScheme(text[..end]);
        var rest = text[(end + 3)..];
        fault = rest.IndexOfAny(['/', '\\', '?', '#', '@']) switch
        {
            < 0 => "",
            var at when rest[at] == '@' => "names a user",
            var at when rest[at] is '?' or '#' => "has a query or a fragment",
            _ => "has a path",
        };
        if (fault.Length > 0)
        {
            return null;
        }

        // Brackets hold the colons of an IPv6 address.
        var colon = rest.IndexOf(':', rest.LastIndexOf(']') + 1);
        var host = HostOf(colon < 0 ? rest : rest[..colon]);
        fault = rest.Length == 0 || colon == 0 ? "has no host"
            : host is null && rest.Contains('*', StringComparison.Ordinal) ? "has a wildcard, and each origin has to be named"
            : host is null ? "has a host that is neither a name nor an address"
            : "";
        if (fault.Length > 0)
        {
            return null;
        }

        if (colon < 0 || colon == rest.Length - 1)
        {
            return new WebOrigin(scheme, host!, DefaultPort(scheme));
        }

        if (!ushort.TryParse(rest.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            fault = "has a port that is no number up to 65535";
            return null;
        }

        return new WebOrigin(scheme, host!, port);
    }

    /// <summary>The scheme of the page that opens a socket; any other as it is, in lower case.</summary>
    public static string PageScheme(string scheme) => scheme.ToLowerInvariant() switch
    {
        "ws" => "http",
        "wss" => "https",
        var other => other,
    };

    /// <summary>As browsers write it: without the port where it is the scheme's own.</summary>
    public override string ToString() => Port == DefaultPort(Scheme) ? $"{Scheme}://{Host}" : $"{Scheme}://{Host}:{Port}";

    private static int? DefaultPort(string scheme) => scheme switch
    {
        "http" => 80,
        "https" => 443,
        _ => null,
    };

    private static string? HostOf(string text)
    {
        if (text is ['[', .. var inner, ']'])
        {
            // A zone is of the machine that uses it and no part of an origin.
            return !inner.Contains('%', StringComparison.Ordinal)
                && IPAddress.TryParse(inner, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : null;
        }

        var name = text.ToLowerInvariant();
        try
        {
            name = Ascii.IsValid(name) ? name : Idn.GetAscii(name);
        }
        catch (ArgumentException)
        {
            return null;
        }

        return Uri.CheckHostName(name) switch
        {
            UriHostNameType.Dns => name,
            UriHostNameType.IPv4 => IPAddress.Parse(name).ToString(),
            _ => null,
        };
    }
}
