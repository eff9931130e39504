using System.Net.Http.Headers;

namespace OrleansTicker.Tests.Hosting;

/// <summary>Makes HTTP requests ask for a WebSocket, where a test wants to see the answer.</summary>
internal static class UpgradeRequests
{
    public static void AskForUpgrade(HttpRequestMessage request)
    {
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue("websocket"));
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    }
}
