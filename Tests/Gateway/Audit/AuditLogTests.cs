using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Audit;
using OrleansTicker.Tests.Gateway.Keys;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Audit;

public sealed class AuditLogTests : IDisposable
{
    private static readonly AuditEvent Denied = new("connection.open", "ticker", false, "user:demo", "192.0.2.7", "by policy");

    private readonly TemporaryFolder _folder = new();
    private readonly LogRecorder _log = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_is_one_line_of_JSON_in_a_file_for_its_owner_alone()
    {
        using var audit = await StartAsync();
        audit.Write(Denied);
        audit.Write(new AuditEvent("token.issue", "token", true, null, null));
        await audit.StopAsync(Stop);

        var file = Assert.Single(Directory.GetFiles(_folder["audit"]));
        Assert.Equal(
            [
                """{"time":"2026-01-02T03:04:05+00:00","action":"connection.open","resource":"ticker","allowed":false,"actor":"user:demo","address":"192.0.2.7","detail":"by policy"}""",
                """{"time":"2026-01-02T03:04:05+00:00","action":"token.issue","resource":"token","allowed":true}""",
            ],
            await File.ReadAllLinesAsync(file, Stop));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task What_a_client_sends_makes_no_second_line_and_no_long_one()
    {
        using var audit = await StartAsync();
        audit.Write(Denied with { ActorId = $"eve\r\n{{\"action\":\"forged\"}}\u0085{new string('x', 100_000)}" });
        await audit.StopAsync(Stop);

        var line = Assert.Single(await File.ReadAllLinesAsync(Assert.Single(Directory.GetFiles(_folder["audit"])), Stop));
        Assert.InRange(line.Length, 1, 1000);
        Assert.DoesNotContain('\n', Assert.Single(_log.Lines).Text);
    }

    [Fact]
    public async Task Every_event_goes_to_the_logger_of_its_own_category_too()
    {
        using var audit = await StartAsync(options => options.Folder = "");
        audit.Write(Denied);
        await audit.StopAsync(Stop);

        Assert.Contains("user:demo connection.open ticker from 192.0.2.7: allowed False", _log.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root));
    }

    [Fact]
    public async Task A_file_that_is_full_is_followed_by_another_and_the_oldest_go()
    {
        using var audit = await StartAsync(options => (options.MaxFileBytes, options.MaxFiles, options.Queue) = (64 << 10, 3, 100_000));
        for (var count = 0; count < 5000; count++)
        {
            audit.Write(Denied with { Detail = $"{count}" });
        }

        await audit.StopAsync(Stop);

        var files = Directory.GetFiles(_folder["audit"]);
        Assert.Equal(3, files.Length);
        Assert.All(files, file => Assert.InRange(new FileInfo(file).Length, 1, (64 << 10) + (256 * 200)));
        var details = AuditFolder.Read(_folder["audit"]).Select(line => int.Parse(line.GetProperty("detail").GetString()!)).ToList();
        Assert.Equal(Enumerable.Range(5000 - details.Count, details.Count), details);
    }

    [Fact]
    public async Task Events_that_find_no_place_are_counted_and_told_and_hold_nobody_up()
    {
        using var audit = Create(options => options.Queue = 16);
        for (var count = 0; count < 100; count++)
        {
            audit.Write(Denied); // The writer has not started: a call that waited would never return.
        }

        await audit.StartAsync(Stop);
        await audit.StopAsync(Stop);

        var lines = AuditFolder.Read(_folder["audit"]);
        Assert.Equal(17, lines.Count);
        Assert.Equal("84 events before this one were lost", lines[^1].GetProperty("detail").GetString());
        Assert.Contains("84 events of the audit log were lost", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_told_once_and_the_log_goes_on_when_it_does_again()
    {
        using var audit = await StartAsync(options => options.MaxFileBytes = 1);
        audit.Write(Denied);
        await Eventually.TrueAsync(() => AuditFolder.Read(_folder["audit"]).Count == 1, "the first line");
        Directory.Delete(_folder["audit"], recursive: true);
        await File.WriteAllTextAsync(_folder["audit"], "in the way", Stop);

        audit.Write(Denied);
        await Eventually.TrueAsync(() => _log.Lines.Any(line => line.Level == LogLevel.Error), "a complaint");
        audit.Write(Denied);
        File.Delete(_folder["audit"]);
        audit.Write(Denied);
        await audit.StopAsync(Stop);

        var lines = AuditFolder.Read(_folder["audit"]);
        Assert.Contains(lines, line => line.GetProperty("action").GetString() == "audit.write");
        Assert.Contains(lines, line => line.GetProperty("action").GetString() == "connection.open");
        Assert.Single(_log.Lines, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_stops_the_start_with_a_sentence()
    {
        await File.WriteAllTextAsync(_folder["audit"], "in the way", Stop);

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync());

        Assert.Contains("Set Audit:Folder to a folder that can", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private AuditLog Create(Action<AuditOptions>? configure = null)
    {
        var options = new AuditOptions { Folder = "audit" };
        configure?.Invoke(options);
        var environment = new HostingEnvironment { ContentRootPath = _folder.Root };
        return new AuditLog(Options.Create(options), environment, _time, LoggerFactory.Create(builder => builder.AddProvider(_log)));
    }

    private async Task<AuditLog> StartAsync(Action<AuditOptions>? configure = null)
    {
        var audit = Create(configure);
        await audit.StartAsync(Stop);
        return audit;
    }
}
