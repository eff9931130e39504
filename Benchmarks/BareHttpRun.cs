using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace OrleansTicker.Benchmarks;

/// <summary>
/// <c>bare-http --bytes FILE --port N</c>: a Kestrel that answers every request with the bytes of a file and knows nothing else, to compare the
/// HTTP API with. It runs until Ctrl-C.
/// </summary>
internal static class BareHttpRun
{
    /// <summary>The name of the command.</summary>
    public const string Name = "bare-http";

    private const int DefaultPort = 5099;

    public static async Task RunAsync(string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(settings);
        var (path, port) = (builder.Configuration["bytes"], builder.Configuration.GetValue("port", DefaultPort));
        if (path is null || !File.Exists(path))
        {
            await Console.Error.WriteLineAsync(path is null ? "Name the file to answer with: bare-http --bytes FILE --port N" : $"There is no file {path}");
            Environment.ExitCode = 1;
            return;
        }

        var body = await File.ReadAllBytesAsync(path);
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        await using var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body).AsTask();
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port} answers with {body.Length} bytes"));
        await app.RunAsync();
    }
}
