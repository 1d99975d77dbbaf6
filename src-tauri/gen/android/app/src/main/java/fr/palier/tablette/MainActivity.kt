package fr.palier.tablette

import android.os.Bundle
import android.view.View
import android.view.WindowManager
import android.webkit.WebView
import androidx.activity.enableEdgeToEdge

/**
 * The one screen. The keystore needs nothing here: the runtime (tao) gives the native side the application's context.
 */
class MainActivity : TauriActivity() {
  override fun onCreate(savedInstanceState: Bundle?) {
    // No screenshot, no picture in the list of recent apps, no copy on another display.
    window.setFlags(WindowManager.LayoutParams.FLAG_SECURE, WindowManager.LayoutParams.FLAG_SECURE)
    enableEdgeToEdge()
    super.onCreate(savedInstanceState)
  }

  /** Closes what the web view leaves open and the pages never use: their data lives in the encrypted store alone. */
  override fun onWebViewCreate(webView: WebView) {
    webView.settings.apply {
      domStorageEnabled = false
      allowFileAccess = false
      allowContentAccess = false
      javaScriptCanOpenWindowsAutomatically = false
      setGeolocationEnabled(false)
    }
    webView.importantForAutofill = View.IMPORTANT_FOR_AUTOFILL_NO_EXCLUDE_DESCENDANTS
  }
}
