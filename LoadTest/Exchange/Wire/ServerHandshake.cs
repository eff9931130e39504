using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OrleansTicker.LoadTest.Exchange.Wire;

/// <summary>The opening handshake of a server (RFC 6455, 4.2).</summary>
internal static class ServerHandshake
{
    private const string Salt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const string Deflate = "permessage-deflate";

    /// <summary>Whether a request asks for a WebSocket.</summary>
    public static bool IsAsked(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } && context.Request.Headers.SecWebSocketKey.Count == 1;

    /// <summary>Accepts a WebSocket.</summary>
    /// <param name="context">The request.</param>
    /// <param name="mayCompress">Whether compression is accepted if the client offers it.</param>
    public static async Task<ServerSocket> AcceptAsync(HttpContext context, bool mayCompress)
    {
        var compresses = mayCompress && context.Request.Headers.SecWebSocketExtensions.ToString().Contains(Deflate, StringComparison.Ordinal);
        var headers = context.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = AnswerTo(context.Request.Headers.SecWebSocketKey.ToString());
        if (compresses)
        {
            headers.SecWebSocketExtensions = $"{Deflate}; server_no_context_takeover; client_no_context_takeover";
        }

        var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        return new ServerSocket(stream, compresses);
    }

    private static string AnswerTo(string key)
    {
#pragma warning disable CA5350 // SHA-1 is what RFC 6455 asks for here; nothing is secured by it.
        return Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Salt)));
#pragma warning restore CA5350
    }
}
