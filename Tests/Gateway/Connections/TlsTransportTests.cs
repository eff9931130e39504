using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using OrleansTicker.Gateway.Connections;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Connections;

/// <summary>TLS and HTTP/2 over the gateway's transport.</summary>
public sealed class TlsTransportTests : IDisposable
{
    private readonly TestCertificate _certificate = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Requests_side_by_side_get_their_large_bodies_back(string version)
    {
        await using var server = await StartAsync(async context =>
        {
            using var body = new MemoryStream(); // HttpClient reads no answer while it sends.
            await context.Request.Body.CopyToAsync(body, Stop);
            await context.Response.Body.WriteAsync(body.ToArray(), Stop);
        });
        using (var http = Client(server))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
            {
                var body = RandomNumberGenerator.GetBytes(3 << 20);
                using var request = new HttpRequestMessage(HttpMethod.Post, "/")
                {
                    Content = new ByteArrayContent(body), Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                };
                using var response = await http.SendAsync(request, Stop).WithinTimeoutAsync();
                Assert.Equal(version, response.Version.ToString());
                var answer = await response.Content.ReadAsByteArrayAsync(Stop);
                Assert.True(body.AsSpan().SequenceEqual(answer));
            }));
        }

        await server.LetsGoAsync();
    }

    [Fact]
    public async Task A_socket_under_TLS_cannot_be_detached()
    {
        await using var server = await StartAsync(async context =>
        {
            var feature = context.Features.Get<IDetachableConnectionFeature>()!;
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await feature.DetachAsync());
            await context.Response.WriteAsync($"{feature.CanDetach}", Stop);
        });
        using var http = Client(server);

        Assert.Equal("False", await http.GetStringAsync(new Uri("/", UriKind.Relative), Stop).WithinTimeoutAsync());
    }

    public void Dispose() => _certificate.Dispose();

    private Task<WebServer> StartAsync(RequestDelegate handler) => WebServer.StartAsync(
        Transport.Detachable, handler, options => options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate.Certificate)));

    private HttpClient Client(WebServer server) => new(new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, presented, _, _) => _certificate.Is(presented),
        },
    })
    {
        BaseAddress = new Uri($"https://127.0.0.1:{server.Port}"),
    };
}
