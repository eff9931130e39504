using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace OrleansTicker.Grains.Startup;

/// <summary>Runs a program, and explains in a sentence why it did not start if the operator can fix the cause.</summary>
public static class StartFailure
{
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";
    private const string Configuration = "Microsoft.Extensions.Configuration";
    private const string LogLevels = "Microsoft.Extensions.Logging.Configuration";
    private const string WebServer = "Microsoft.AspNetCore.Server.Kestrel";

    /// <summary>How long services that did start may take to stop after a failed start.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Runs a program until it is stopped.</summary>
    /// <param name="program">The name of the program, such as <c>The gateway</c>.</param>
    /// <param name="build">Builds the host.</param>
    /// <param name="error">Where the explanation is written.</param>
    /// <returns>The exit code: 0 if it was asked to stop, even during the start; 1 if it failed to start or stop.</returns>
    public static async Task<int> RunAsync(string program, Func<IHost> build, TextWriter error)
    {
        IHost? host = null;
        try
        {
            host = build();
            await host.StartAsync();
        }
        catch (Exception e)
        {
            // The host is not disposed: services that still run would then fail on other threads. The process ends anyway.
            if (host is not null && await EndAsync(host) && All(e).Any(inner => inner is OperationCanceledException or OrleansLifecycleCanceledException))
            {
                return 0;
            }

            await error.WriteLineAsync($"{program} does not start. {Explain(e) ?? $"This is a fault of the program: {e}"}");
            return 1;
        }

        try
        {
            await host.WaitForShutdownAsync();
            await ((IAsyncDisposable)host).DisposeAsync();
            return 0;
        }
        catch (Exception e)
        {
            await error.WriteLineAsync($"{program} has failed: {e}");
            return 1;
        }
    }

    /// <summary>Stops the services that did start, so that a silo leaves its cluster and the log is flushed.</summary>
    /// <returns>Whether the program had already been asked to stop.</returns>
    private static async Task<bool> EndAsync(IHost host)
    {
        var wasAskedTo = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;
        using var timeout = new CancellationTokenSource(StopTimeout);
        try
        {
            await host.StopAsync(timeout.Token);
        }
        catch (Exception)
        {
            // Services that did not start cannot be stopped.
        }

        host.Services.GetService<ILoggerFactory>()?.Dispose();
        return wasAskedTo;
    }

    private static string? Explain(Exception failure) => failure switch
    {
        StartException wrong => wrong.Message,
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        AggregateException several when several.InnerExceptions.All(inner => Explain(inner) is not null) =>
            string.Join(Environment.NewLine, several.InnerExceptions.Select(Explain)),
        InvalidOperationException { Source: Binder or LogLevels } unreadable => unreadable.Message,
        InvalidDataException file when file.Source?.StartsWith(Configuration, StringComparison.Ordinal) == true =>
            $"{file.Message} {file.GetBaseException().Message}",
        _ when All(failure).OfType<RedisException>().FirstOrDefault() is { } redis => $"Redis refuses what a member of the cluster needs: {redis.Message}",
        _ when failure.GetBaseException() is SocketException && IsOfSilo(failure) =>
            $"The silo cannot listen: {failure.Message}. Set Orleans:Endpoints:AdvertisedIPAddress to an address of this machine, and SiloPort and GatewayPort to ports that are free.",
        OrleansException or InvalidOperationException { Source: "Orleans.Core" or "Orleans.Runtime" } => failure.Message,
        _ when failure.GetBaseException() is SocketException or FormatException { Source: "Microsoft.AspNetCore.Http" } =>
            $"{failure.Message} Set ASPNETCORE_URLS to an address of this machine whose port is free.",
        CryptographicException or FileNotFoundException or DirectoryNotFoundException or InvalidOperationException when IsOfWebServer(failure) =>
            $"{failure.Message} Set Kestrel:Endpoints and the Certificate in it to what there is.",
        IOException or UnauthorizedAccessException => failure.Message,
        _ => null,
    };

    private static IEnumerable<Exception> All(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            yield return inner;
        }
    }

    private static bool IsOfSilo(Exception failure) => failure.StackTrace?.Contains("Orleans.Hosting.SiloHostedService", StringComparison.Ordinal) == true;

    private static bool IsOfWebServer(Exception failure) => failure.StackTrace?.Contains(WebServer, StringComparison.Ordinal) == true;
}
